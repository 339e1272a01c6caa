# A 32-bit program without any library that prints a line and reads until its input ends.
.globl _start
_start:
    movl $4, %eax
    movl $1, %ebx
    movl $text, %ecx
    movl $8, %edx
    int $0x80
again:
    movl $3, %eax
    xorl %ebx, %ebx
    movl $buffer, %ecx
    movl $1, %edx
    int $0x80
    testl %eax, %eax
    jg again
    movl $1, %eax
    xorl %ebx, %ebx
    int $0x80
.data
text: .ascii "ready 1\n"
buffer: .byte 0
