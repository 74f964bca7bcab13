// Included before anything else where a firmware brings its own mbedTLS, to name the command that brings it: a compiler
// would only say which file it lacks.

#if !__has_include("mbedtls/build_info.h")
#error "mbedTLS is not there yet. Once, in the folder of the HTTPS server's clone: make modules"
#elif defined(XSTLS_MBEDTLS_LIBRARY) && !__has_include(XSTLS_MBEDTLS_LIBRARY)
#error "mbedTLS is not compiled yet. Once, in the folder of the HTTPS server's clone: make modules"
#endif
