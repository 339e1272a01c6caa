// Traces a child that counts. Prints the child's id.
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

int main(void) {
    int child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        while (1) {
            pause();
        }
    }
    printf("ready %d\n", child);
    fflush(stdout);
    waitpid(child, NULL, 0);
    return 0;
}
