// What is made of a certificate of a CA that has filled it with whatever there is room for, and of its URL.

import { certificateID } from "acme/renewal/certificate-id";
import { parseURL } from "acme/transport/url";
import { attempt, element, repeated } from "../identity/odd-elements";

const unknown = repeated([0x30, 5, 6, 1, 7, 4, 0], 700);
const authorityKey = Uint8Array.of(0x30, 14, 6, 3, 0x55, 0x1d, 0x23, 4, 7, 0x30, 5, 0x80, 3, 1, 2, 3);
const extended = element(
	0x30,
	element(0x30, Uint8Array.of(2, 1, 7), element(0xa3, element(0x30, unknown, authorityKey)))
);
const ofKey = element(0xa3, element(0x30, authorityKey));
const longSerial = element(0x30, element(0x30, element(2, new Uint8Array(4_000)), ofKey));
const url = `https://a/${"#".repeat(240)}`;

attempt("extended", () => certificateID(extended));
attempt("longSerial", () => certificateID(longSerial));
attempt("url", () => parseURL(url)?.path);
trace("done\n");
