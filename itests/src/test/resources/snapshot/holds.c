// Touches as many MiB as the argument says, then does nothing.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int count, char **arguments) {
    if (count != 2) {
        return 2;
    }
    size_t size = strtoul(arguments[1], NULL, 10) << 20;
    char *memory = malloc(size);
    for (size_t i = 0; i < size; i += 8) {
        *(uint64_t *) (memory + i) = i + 1;
    }
    puts("ready");
    fflush(stdout);
    for (;;) {
        pause();
    }
}
