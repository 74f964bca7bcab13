import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { CertificateFolder } from "./certificates";
import { nodeTLS } from "./peers";

const folder = new CertificateFolder();
folder.leaf("server");

test("E6 thirty clients at once, with a resolver each, leak nothing", async () => {
	const { port } = await nodeTLS(folder, "server", socket => socket.pipe(socket));
	const main = "build/js/host-tests/programs/client/many-clients.js";
	const desk = startDesk({ main, resources: [folder.path], config: { port, connections: 30 } });
	await desk.exit;
	expect(desk.output).toBe(`${"30 of 30\n".repeat(5)}looked up 150, closed 150, growth 0\n`);
});
