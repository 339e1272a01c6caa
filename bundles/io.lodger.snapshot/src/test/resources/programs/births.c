// Three hundred threads that sleep, and four that make threads which live for a moment. Answers with the number of those made so far.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static volatile unsigned long births;

void *sleeping(void *unused) {
    while (1) {
        pause();
    }
}

void *living_for_a_moment(void *unused) {
    return NULL;
}

void *making(void *unused) {
    while (1) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, living_for_a_moment, NULL) == 0) {
            pthread_join(thread, NULL);
            __sync_fetch_and_add(&births, 1);
        }
    }
}

int main(void) {
    pthread_t thread;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 64 << 10);
    for (int i = 0; i < 304; i++) {
        if (pthread_create(&thread, &small, i < 300 ? sleeping : making, NULL) != 0) {
            return 1;
        }
    }
    printf("ready %d\n", getpid());
    fflush(stdout);
    char line[100];
    while (fgets(line, sizeof line, stdin) != NULL) {
        printf("%lu\n", births);
        fflush(stdout);
    }
    return 0;
}
