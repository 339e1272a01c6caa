// Touches as many MiB as the argument says, then looks at the clock all the time and remembers the longest gap. Commands, a letter each,
// are answered with a number: g, the gap in microseconds since the last answer; f, how long a fork takes, in microseconds; m, how many
// MB a second memcpy copies.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

static uint64_t fork_micros(void) {
    uint64_t before = now();
    int child = fork();
    if (child == 0) {
        _exit(0);
    }
    uint64_t taken = now() - before;
    waitpid(child, NULL, 0);
    return taken / 1000;
}

static uint64_t memcpy_speed(char *memory) {
    size_t size = 32 << 20;
    uint64_t before = now();
    for (int i = 0; i < 8; i++) {
        memcpy(memory, memory + size, size);
    }
    return size * 8 * 1000 / (now() - before);
}

int main(int count, char **arguments) {
    size_t size = strtoul(arguments[1], NULL, 10) << 20;
    char *memory = malloc(size);
    for (size_t i = 0; i < size; i += 8) {
        *(uint64_t *) (memory + i) = i + 1;
    }
    printf("ready %d\n", getpid());
    fflush(stdout);
    fcntl(0, F_SETFL, O_NONBLOCK);
    uint64_t gap = 0;
    uint64_t last = now();
    for (unsigned round = 0;; round++) {
        uint64_t time = now();
        if (time - last > gap) {
            gap = time - last;
        }
        last = time;
        char command;
        if (round % 1024 == 0 && read(0, &command, 1) == 1) {
            uint64_t answer = command == 'g' ? gap / 1000 : command == 'f' ? fork_micros() : memcpy_speed(memory);
            printf("%lu\n", answer);
            fflush(stdout);
            gap = 0;
            last = now();
        }
    }
}
