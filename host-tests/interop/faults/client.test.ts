// Our client, and servers with every fault of the table.

import { expect } from "@jest/globals";
import { until } from "../../deadline";
import { CertificateFolder } from "../client/certificates";
import { runClient } from "../client/client";
import { openSSL } from "../client/peers";
import { errorPattern, forAll, toldPattern } from "./expect";
import { serverFaults } from "./table";
import { changeOnTheWay } from "./wire";

const folder = new CertificateFolder();
folder.leaf("good");

forAll("a faulty server", serverFaults, async (fault, version) => {
	const { theirs = [], ours = {}, change } = fault;
	const name = fault.leaf ? folder.leaf(`${fault.fault.replaceAll(" ", "-")}-${version}`, fault.leaf) : "good";
	const peer = await openSSL(folder, name, "-cipher", "DEFAULT:@SECLEVEL=0", ...theirs);
	const way = change ? await changeOnTheWay(peer.port, "server", change) : peer.port;
	const output = await runClient(folder.path, way, { version, send: "GET / HTTP/1.0\\r\\n\\r\\n", ...ours });
	expect(output).toMatch(new RegExp(`error ${errorPattern(fault, version)}`));
	const told = toldPattern(fault, version);
	if (!change)
		await until(
			() => told.test(peer.output),
			() => `${told} in:\n${peer.output}`
		);
});
