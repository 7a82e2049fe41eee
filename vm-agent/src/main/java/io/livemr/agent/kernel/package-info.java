/**
 * The system calls that Java has no API for, one class per kernel facility, over JNA.
 * 64-bit Linux only: {@code long} stands for the kernel's {@code unsigned long} and {@code size_t}.
 */
package io.livemr.agent.kernel;
