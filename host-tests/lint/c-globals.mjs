// node c-globals.mjs NM OBJECT...: every name that the objects give to the linker is surely ours. All of a firmware's
// libraries share one list of names, and ESP-IDF's wpa_supplicant has tls_prf, tls_init and more of that kind.
import { execFileSync } from "node:child_process";
import { basename } from "node:path";
import { isSurelyOurs } from "./c-declarations.mjs";

// A line of `nm -A`: FILE:[VALUE] TYPE NAME. Types in capitals are global, U is what the object itself lacks.
export function strangersIn(listing) {
	const globals = [...listing.matchAll(/^(.*):[0-9a-f]* +([A-TV-Z]) (\S+)$/gm)];
	if (globals.length === 0) throw new Error("No global names: is this the output of nm -A?");
	return globals
		.filter(([, , , name]) => !isSurelyOurs(name))
		.map(([, file, , name]) => `${basename(file)}: ${name} does not begin with xstls_ or xs_xstls_`);
}

const [, script, nm, ...objects] = process.argv;
if (basename(script) === "c-globals.mjs") {
	const strangers = strangersIn(execFileSync(nm, ["-A", "--", ...objects], { encoding: "utf8" }));
	for (const problem of strangers) console.error(problem);
	process.exitCode = strangers.length > 0 ? 1 : 0;
}
