// A process with three threads that wait, each in its own way, and with a child. Both processes count. Where they are stands in the file
// that the argument names, a line each, whose length never changes: process id, parent's process id, count. SIGUSR1 lets a count leap.
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct letter {
    int number;
    char text[32];
};

unsigned long landmark = 20261121;
volatile unsigned long count;
struct letter *letter;

static int report;
static int ends[2];
static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;

static void leap(int signal) {
    (void) signal;
    count += 1000000;
}

static int await_byte(int depth) {
    char byte;
    return depth > 0 ? await_byte(depth - 1) : (int) read(ends[0], &byte, 1);
}

static int await_lock(int depth) {
    return depth > 0 ? await_lock(depth - 1) : pthread_mutex_lock(&held);
}

static int await_event(int depth) {
    struct pollfd wanted = {.fd = ends[0], .events = POLLIN};
    return depth > 0 ? await_event(depth - 1) : poll(&wanted, 1, -1);
}

static void *reads(void *depth) {
    return (void *) (intptr_t) await_byte((int) (intptr_t) depth);
}

static void *locks(void *depth) {
    return (void *) (intptr_t) await_lock((int) (intptr_t) depth);
}

static void *polls(void *depth) {
    return (void *) (intptr_t) await_event((int) (intptr_t) depth);
}

static void count_on(int line) {
    for (;; count++) {
        char text[64];
        int length = snprintf(text, sizeof text, "%10d %10d %20lu\n", getpid(), getppid(), count);
        if (pwrite(report, text, length, (off_t) line * length) != length) {
            abort();
        }
        struct timespec pause = {.tv_nsec = 10000000};
        nanosleep(&pause, NULL);
    }
}

int main(int arguments, char **argument) {
    if (arguments != 2 || (report = open(argument[1], O_CREAT | O_WRONLY, 0600)) < 0 || pipe(ends) != 0) {
        return 2;
    }
    signal(SIGUSR1, leap);
    letter = malloc(sizeof *letter);
    letter->number = 42;
    strcpy(letter->text, "to whom it may concern");
    if (fork() == 0) {
        count_on(1);
    }
    pthread_mutex_lock(&held);
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 1 << 20);
    void *(*jobs[])(void *) = {reads, locks, polls};
    for (int i = 0; i < 3; i++) {
        pthread_create(&thread, &attributes, jobs[i], (void *) (intptr_t) (i + 1));
    }
    count_on(0);
}
