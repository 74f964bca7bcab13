import { expect, test } from "@jest/globals";
import { engine, problemsAfter } from "./c-copy";

const questions = [
	"#ifdef __GLIBC__",
	"#if __PICOLIBC__ + 0",
	"%:ifdef __FreeBSD__",
	"#ifdef TARGET_RT_MAC",
	"#if UINTPTR_MAX == 0xffffffff",
	"static int narrow(void) { return UINTPTR_MAX < UINT64_MAX; }",
	"#if __BYTE_ORDER__ == 1234",
	"#elif PSA_CRYPTO_API_VERSION_MAJOR > 1",
	'#if __has_include("mbedtls/ssl_misc.h")',
	"#elifdef _WIN32",
	"#include <tf-psa-crypto/build_info.h>",
	"#include <sys/param.h>",
	"#if ESP_PLATFORM",
	"#define PASTE(a, b) a##b",
	"#define PASTE(name) ESP_##name",
	"#define SUITE(suite) XMBEDTLS_##suite",
	"#define PASTE(a, b) a%:%:b",
	"static const int wide = TLS_NUMBER(VERSION_NUMBER);",
	"#ifdef TLS_IS_ESP",
	"#ifdef TLS_STATE_H",
	"#ifdef XSTLS_MBEDTLS_LIBRARY",
	"#ifdef MBEDTLS_HAVE_TIME",
	"#ifdef MBEDTLS_SSL_H",
	'static void stop(void) { asm("nop"); }',
	'static void stop(void) { __asm__("nop"); }',
	"#ifdef __XTENSA__",
	"#if defined(CONFIG_IDF_TARGET_ESP32C3)",
	"#if TF_PSA_CRYPTO_VERSION_NUMBER",
	"#if __riscv_xlen == 32",
	"#ifndef __x86_64__",
	"#ifdef __ets__",
	"#if defined(ESP_\\\nPLATFORM)",
	"#define IS_NEW (MBEDTLS_VERSION_NUMBER >= 0x04000000)",
	'#include "mbedtls/version.h"',
	"#include <esp_heap_caps.h>",
	"#include <immintrin.h>"
];

test("only the port asks for a version or platform", () => {
	const additions = questions.flatMap((line, index): [string, string][] => [
		[`${engine}/state/tls-asks-${index}.h`, line],
		[`${engine}/port/tls-port-asks-${index}.h`, line]
	]);
	const problems = problemsAfter(...additions);
	expect(problems).toHaveLength(questions.length);
	for (const index of questions.keys())
		expect(problems).toContainEqual(expect.stringMatching(new RegExp(`/state/tls-asks-${index}.h asks for a version`)));
});
