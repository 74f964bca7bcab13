// What is said of files that look like certificates, and are none.

import { inspectCertificate } from "identity/check";
import { attempt, element, repeated } from "./odd-elements";

const many = 2_000;
const version = element(0x30, Uint8Array.of(0xa0, 3, 2, 1, 2));
const wide = element(0x30, version, repeated([5, 0], many));
const behind = new Uint8Array(version.length + 4 + 2 * many);
behind.set(element(0x30, version));
behind.set(repeated([0x30, 0], many), version.length + 4);
const longName = element(0x30, element(0x30, version, element(6, new Uint8Array(2 * many))), version);

attempt("wide", () => inspectCertificate(wide));
attempt("behind", () => inspectCertificate(behind));
attempt("longName", () => inspectCertificate(longName));
trace("done\n");
