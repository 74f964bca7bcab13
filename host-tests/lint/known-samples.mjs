// Writes modules/identity/known-samples.ts from certs/known-samples.json. A unit test says when that is due.
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const { keys } = JSON.parse(readFileSync(new URL("certs/known-samples.json", root), "utf8"));
const lines = keys.map(({ spki, what }) => `\t${JSON.stringify(`${spki} ${what}`)}`);
const text = `/**
 * Key pairs that are published, and so nobody's secret (row A6): SHA-256 of the public key, a space, and where.
 * Written by host-tests/lint/known-samples.mjs from certs/known-samples.json.
 */
export const knownSamples: readonly string[] = [
${lines.join(",\n")}
];
`;
writeFileSync(new URL("modules/identity/known-samples.ts", root), text);
