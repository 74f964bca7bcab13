import { homedir } from "node:os";
import { run } from "./program";

const context = { print: (line: string) => console.log(line), home: homedir() };

run(process.argv.slice(2), context, text => console.error(text)).then(status => {
	process.exitCode = status;
});
