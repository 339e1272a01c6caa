// Has 600 MiB that could be written to, and has written to a few pages of it. Tells whether those are whole, at first and at SIGUSR1.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SIZE = 600 << 20, STEP = 100 << 20 };

static volatile sig_atomic_t asked;

static void ask(int signal) {
    (void) signal;
    asked = 1;
}

static int is_whole(const char *hoard) {
    for (int i = 0; i < SIZE; i += STEP) {
        if (hoard[i] != i / STEP + 1) {
            return 0;
        }
    }
    return 1;
}

int main(void) {
    char *hoard = malloc(SIZE);
    if (hoard == NULL) {
        return 1;
    }
    for (int i = 0; i < SIZE; i += STEP) {
        hoard[i] = (char) (i / STEP + 1);
    }
    signal(SIGUSR1, ask);
    puts(is_whole(hoard) ? "whole" : "torn");
    fflush(stdout);
    while (!asked) {
        pause();
    }
    puts(is_whole(hoard) ? "still whole" : "torn");
    return 0;
}
