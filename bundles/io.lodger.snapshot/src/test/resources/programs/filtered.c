// One thread under a seccomp filter that ends the process at clone, fork, wait4 and close_range. It counts, and answers with the count.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define END_AT(call) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), \
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)

static volatile unsigned long count;

int main(void) {
    struct sock_filter instructions[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        END_AT(SYS_clone), END_AT(SYS_clone3), END_AT(SYS_fork), END_AT(SYS_wait4), END_AT(SYS_close_range),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof instructions / sizeof *instructions, instructions};
    printf("ready %d\n", getpid());
    fflush(stdout);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        return 1;
    }
    fcntl(0, F_SETFL, O_NONBLOCK);
    while (1) {
        char byte;
        count++;
        if (read(0, &byte, 1) == 1) {
            printf("%lu\n", count);
            fflush(stdout);
        }
    }
}
