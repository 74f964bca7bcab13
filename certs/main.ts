import { homedir } from "node:os";
import { run } from "./program";

const context = { print: (line: string) => console.log(line), home: homedir() };

// Whoever reads may stop before the end: `certs inspect FILE | head`.
for (const stream of [process.stdout, process.stderr])
	stream.on("error", error => {
		if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
	});

run(process.argv.slice(2), context, text => console.error(text)).then(status => {
	process.exitCode = status;
});
