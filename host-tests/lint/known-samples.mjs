// Writes modules/identity/x509/known-samples.ts and modules/tls/engine/x509/tls-known-samples.h from certs/known-samples.json. Unit tests
// say when that is due.
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const { keys } = JSON.parse(readFileSync(new URL("certs/known-samples.json", root), "utf8"));
const lines = keys.map(({ spki, what }) => `\t${JSON.stringify(`${spki} ${what}`)}`);
const text = `/**
 * Key pairs that are published, and so nobody's secret (row A6): SHA-256 of the public key, a space, and where.
 * Written by host-tests/lint/known-samples.mjs from certs/known-samples.json.
 */
export const knownSamples: readonly string[] = Object.freeze([
${lines.join(",\n")}
]);
`;
writeFileSync(new URL("modules/identity/x509/known-samples.ts", root), text);

const rows = keys.map(({ spki }) => `\t{${spki.match(/../g).map(byte => `0x${byte}`)}},`);
const header = `// SHA-256 of the public keys (SubjectPublicKeyInfo) whose private halves are published (row A6).
// Written by host-tests/lint/known-samples.mjs from certs/known-samples.json.

#ifndef TLS_KNOWN_SAMPLES_H
#define TLS_KNOWN_SAMPLES_H

#include <stdint.h>

// clang-format off
static const uint8_t known_samples[][32] = {
${rows.join("\n")}
};
// clang-format on

#endif
`;
writeFileSync(new URL("modules/tls/engine/x509/tls-known-samples.h", root), header);
