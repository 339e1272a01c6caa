// Gets two thousand signals a second, and a real-time signal for each line, and counts both. Answers with both counts.
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t ticks;
static volatile sig_atomic_t asked;

static void on_tick(int signal) {
    ticks++;
}

static void on_ask(int signal) {
    asked++;
}

int main(void) {
    struct itimerval often = {{0, 500}, {0, 500}};
    struct sigaction action = {0};
    action.sa_handler = on_ask;
    action.sa_flags = SA_RESTART;
    sigaction(SIGRTMIN, &action, NULL);
    action.sa_handler = on_tick;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    printf("ready %d\n", getpid());
    fflush(stdout);
    char line[100];
    while (fgets(line, sizeof line, stdin) != NULL) {
        printf("%d %d\n", (int) ticks, (int) asked);
        fflush(stdout);
    }
    return 0;
}
