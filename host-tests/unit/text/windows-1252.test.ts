import { expect, test } from "@jest/globals";
import { decodeWindows1252 } from "text/windows-1252";

const special = { 128: "€", 129: "\x81", 133: "…", 142: "Ž", 145: "‘", 150: "–", 153: "™", 157: "\x9d", 159: "Ÿ" };

test.each([0, 1, 63, 64, 65, 256, 5000])(
	"of %i bytes, each is a character of ISO-8859-1 but for 0x80 to 0x9F",
	length => {
		const bytes = Uint8Array.from({ length }, (_, index) => index);
		const text = [...decodeWindows1252(bytes.buffer)];
		expect(text).toHaveLength(length);
		for (const [at, character] of text.entries()) {
			const code = at % 256;
			if (code < 0x80 || code >= 0xa0) expect(character.charCodeAt(0)).toBe(code);
			const known = special[code as keyof typeof special];
			if (known !== undefined) expect(character).toBe(known);
		}
	}
);
