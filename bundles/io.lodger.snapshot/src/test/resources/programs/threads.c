// Eight threads in different waits, and a counter that two of them count under a lock in two places far apart. Each line is answered
// with both counters, the calls that failed, the signs of children that it never made, and how often epoll_wait
// was interrupted.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

volatile uint64_t near_counter;
volatile uint64_t global_value = 0x1122334455667788;
char *heap_value;
volatile uint64_t *far_counter;
volatile uint64_t errors;
volatile uint64_t interruptions;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int never[2];
static volatile uint64_t children;

static void on_child(int signal) {
    children++;
}

static void fail(const char *what, long result) {
    errors++;
    fprintf(stderr, "%s returned %ld, errno %d\n", what, result, errno);
}

void *in_read(void *unused) {
    char byte;
    while (1) {
        long result = read(never[0], &byte, 1);
        fail("read", result);
    }
}

void *in_futex(void *unused) {
    static int word;
    while (1) {
        long result = syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0);
        fail("futex", result);
    }
}

void *in_nanosleep(void *unused) {
    struct timespec hour = {3600, 0};
    while (1) {
        long result = nanosleep(&hour, NULL);
        fail("nanosleep", result);
    }
}

void *in_epoll(void *unused) {
    int epoll = epoll_create1(0);
    struct epoll_event event;
    while (1) {
        // This call may be interrupted by a stop, says signal(7), and is when a tracer dies at the wrong moment.
        long result = epoll_wait(epoll, &event, 1, -1);
        if (result == -1 && errno == EINTR) {
            interruptions++;
        } else {
            fail("epoll_wait", result);
        }
    }
}

void *in_poll(void *unused) {
    struct pollfd descriptor = {never[0], POLLIN, 0};
    while (1) {
        long result = poll(&descriptor, 1, 3600 * 1000);
        fail("poll", result);
    }
}

void *counting(void *unused) {
    while (1) {
        pthread_mutex_lock(&lock);
        near_counter++;
        *far_counter = near_counter;
        pthread_mutex_unlock(&lock);
    }
}

int main(int count, char **arguments) {
    size_t megabytes = count > 1 ? strtoul(arguments[1], NULL, 10) : 1;
    char *memory = malloc(megabytes << 20);
    for (size_t i = 0; i < megabytes << 20; i += 8) {
        *(uint64_t *) (memory + i) = i + 1;
    }
    far_counter = (uint64_t *) (memory + (megabytes << 20) - 64);
    *far_counter = 0;
    heap_value = strdup("a value on the heap");
    if (pipe(never) != 0) {
        return 1;
    }
    void *(*functions[])(void *) = {in_read, in_futex, in_nanosleep, in_epoll, in_poll, counting, counting};
    for (int i = 0; i < 7; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, functions[i], NULL) != 0) {
            return 1;
        }
    }
    signal(SIGCHLD, on_child);
    printf("ready %d %p %p %p\n", getpid(), (void *) &near_counter, (void *) far_counter, (void *) &global_value);
    fflush(stdout);
    char line[100];
    while (fgets(line, sizeof line, stdin) != NULL) {
        pthread_mutex_lock(&lock);
        int known = waitpid(-1, NULL, WNOHANG | __WALL) != -1 || errno != ECHILD;
        printf("%lu %lu %lu %lu %lu\n", near_counter, *far_counter, errors, children + known, interruptions);
        fflush(stdout);
        pthread_mutex_unlock(&lock);
    }
    return 0;
}
