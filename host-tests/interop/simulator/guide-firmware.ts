// The examples of docs/http.md as one firmware for the simulator, which also tells how deep XS's stack has been.

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { guideData, guideExamples, site } from "../../guide";
import { root } from "../paths";

const measure = `
server.get("/stack", (request, response) => response.json({ deepest: deepestStack(), size: stackSize() }));
server.on("start", paintStack);
server.start();
trace("listening on " + server.port + "\\n");
`;

const manifest = {
	include: [
		"$(MODDABLE)/examples/manifest_base.json",
		"$(MODDABLE)/examples/manifest_net.json",
		"../../modules/tls/manifest.json",
		"../../modules/httpsd/manifest.json"
	],
	modules: {
		"*": "./main",
		"simulator/*": "../../host-tests/simulator/stack-xs",
		"simulator/abort": "../../host-tests/simulator/abort",
		"simulator/stack": "../../host-tests/simulator/stack"
	},
	data: { "*": ["./cert.pem", "./key.pem"], ...guideData() },
	defines: { xs: { abortHook: 1 } },
	typescript: { tsconfig: { compilerOptions: { target: "ES2022", lib: ["ES2022"], skipLibCheck: true } } }
};

/** Writes the project into a folder below `build`. */
export function writeGuideFirmware(folder: string): void {
	const [first = "", ...others] = guideExamples();
	const own = first.replace("plainPort: 80", "port: 0, plainPort: 0").replace("server.start();\n", "");
	const imports = 'import "simulator/abort";\nimport { deepestStack, paintStack, stackSize } from "simulator/stack";\n';
	const files = join(root, folder, "site/dist");
	mkdirSync(join(files, "assets"), { recursive: true });
	for (const [name, text] of Object.entries(site)) writeFileSync(join(files, name), text);
	writeFileSync(join(root, folder, "main.ts"), [imports, own, ...others, measure].join("\n"));
	writeFileSync(join(root, folder, "manifest.json"), JSON.stringify(manifest));
	copyFileSync(join(root, "build/identity/server.pem"), join(root, folder, "cert.pem"));
	copyFileSync(join(root, "build/identity/server.key.pem"), join(root, folder, "key.pem"));
}
