// Threads in calls that a stop ends with EINTR, though nothing but a signal's handler should. Each line is answered with the calls that
// failed and the milliseconds that the last sleep of two seconds took.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile uint64_t errors;
static volatile uint64_t slept;
static int sockets[2];
static int semaphores;
static sigset_t one_signal;

static void fail(const char *what, long result) {
    errors++;
    fprintf(stderr, "%s returned %ld, errno %d\n", what, result, errno);
}

void *in_sigtimedwait(void *unused) {
    struct timespec hour = {3600, 0};
    while (1) {
        fail("sigtimedwait", sigtimedwait(&one_signal, NULL, &hour));
    }
}

void *in_semop(void *unused) {
    struct sembuf take = {0, -1, 0};
    while (1) {
        fail("semop", semop(semaphores, &take, 1));
    }
}

void *in_recv(void *unused) {
    char byte;
    struct timeval hour = {3600, 0};
    setsockopt(sockets[0], SOL_SOCKET, SO_RCVTIMEO, &hour, sizeof hour);
    while (1) {
        fail("recv", recv(sockets[0], &byte, 1, 0));
    }
}

void *in_epoll_pwait(void *unused) {
    struct epoll_event event;
    int epoll = epoll_create1(0);
    while (1) {
        fail("epoll_pwait", epoll_pwait(epoll, &event, 1, 3600 * 1000, &one_signal));
    }
}

void *in_select(void *unused) {
    while (1) {
        fd_set set;
        struct timeval hour = {3600, 0};
        FD_ZERO(&set);
        FD_SET(sockets[0], &set);
        fail("select", select(sockets[0] + 1, NULL, NULL, &set, &hour));
    }
}

void *in_sigsuspend(void *unused) {
    while (1) {
        fail("sigsuspend", sigsuspend(&one_signal));
    }
}

void *in_pause(void *unused) {
    while (1) {
        fail("pause", pause());
    }
}

void *in_sleep(void *unused) {
    while (1) {
        struct timespec two = {2, 0}, before, after;
        clock_gettime(CLOCK_MONOTONIC, &before);
        if (nanosleep(&two, NULL) != 0) {
            fail("nanosleep", -1);
        }
        clock_gettime(CLOCK_MONOTONIC, &after);
        slept = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
    }
}

int main(void) {
    sigemptyset(&one_signal);
    sigaddset(&one_signal, SIGUSR1);
    sigprocmask(SIG_BLOCK, &one_signal, NULL);
    semaphores = semget(IPC_PRIVATE, 1, 0600);
    if (semaphores < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) != 0) {
        return 1;
    }
    void *(*functions[])(void *) = {in_sigtimedwait, in_semop, in_recv, in_epoll_pwait, in_select, in_sigsuspend, in_pause, in_sleep};
    for (int i = 0; i < 8; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, functions[i], NULL) != 0) {
            return 1;
        }
    }
    printf("ready %d\n", getpid());
    fflush(stdout);
    char line[100];
    while (fgets(line, sizeof line, stdin) != NULL) {
        printf("%lu %lu\n", errors, slept);
        fflush(stdout);
    }
    semctl(semaphores, 0, IPC_RMID);
    return 0;
}
