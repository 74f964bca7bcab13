import { type Desk, startDesk, type Variant } from "../../desk";
import { identityFolder } from "../../identities";

/** The site of host-tests/programs/httpsd/field-site.ts, over TLS and plain TCP. */
export interface FieldSite {
	readonly desk: Desk;
	/** By scheme. */
	readonly urls: Readonly<Record<"http" | "https", string>>;
}

export async function startFieldSite(
	config: Record<string, number | string> = {},
	variant: Variant = "release"
): Promise<FieldSite> {
	const main = "build/js/host-tests/programs/httpsd/field-site.js";
	const desk = startDesk({ main, variant, config, resources: [identityFolder] });
	const [, port = "", plainPort = ""] = await desk.waitForLine(/ports (\d+) (\d+)/);
	return { desk, urls: { https: `https://localhost:${port}`, http: `http://localhost:${plainPort}` } };
}
