/* Wine 8 has no bcryptprimitives.dll, which what is written in Rust takes its random numbers from
   (cryptography, python-calamine). For trials under Wine only. */
#include <stddef.h>
#define X __declspec(dllexport)
unsigned char __stdcall SystemFunction036(void *buffer, unsigned long length);
X int ProcessPrng(unsigned char *buffer, size_t length) {
    return SystemFunction036(buffer, (unsigned long)length);
}
