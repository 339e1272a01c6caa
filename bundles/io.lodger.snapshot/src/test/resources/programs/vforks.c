// Waits in vfork for a child that takes as many milliseconds to begin its program as the argument says.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int count, char **arguments) {
    printf("ready %d\n", getpid());
    fflush(stdout);
    if (vfork() == 0) {
        usleep(strtoul(arguments[1], NULL, 10) * 1000);
        _exit(0);
    }
    char line[100];
    while (fgets(line, sizeof line, stdin) != NULL) {
        printf("1\n");
        fflush(stdout);
    }
    return 0;
}
