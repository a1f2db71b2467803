// The packed reference tables, in the read-only data of the program.
    .section .rodata
    .balign 64
    .global bidui_reference_block
    .type bidui_reference_block, @object
bidui_reference_block:
    .incbin BIDUI_REFERENCE_BLOCK
    .size bidui_reference_block, . - bidui_reference_block
    .section .note.GNU-stack, "", @progbits
