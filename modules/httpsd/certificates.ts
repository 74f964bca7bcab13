import { totalLength } from "text/join-bytes";
import { checkOptionNames, type OptionNames } from "text/option-names";
import PEMReader from "text/pem-reader";
import type { Filter, Unregister } from "./application";
import { certificatesPage, certificatesPolicy, certificatesScript } from "./certificates/page";
import HttpError from "./http-error";
import type Request from "./request";
import type Response from "./response";
import { behind } from "./routing/behind";
import type Server from "./server";

/** What is served, and what may be: `ChosenIdentity` of modules/identity. */
export interface ChosenCertificates {
	readonly choice: string;
	readonly choices: readonly object[];
	/** Milliseconds until what was before is served again; `undefined` when nothing is on trial. */
	readonly trial: number | undefined;
	/** What is served now, in DER. */
	readonly secure?: { readonly cert: Uint8Array };
	/** Bytes of the chain that may be chosen by that name, in DER. */
	chainLength?(name: string): number;
	choose(name: string, prepare?: () => void): void;
	confirm(): void;
}

/** The certificate that another CA signs: `DeviceIdentity` with signer `"other"`. */
export interface UploadedCertificate {
	/** Signing request, PEM. */
	readonly request: string;
	install(chain: readonly Uint8Array[]): void;
}

export interface CertificatesOptions {
	readonly identities: ChosenCertificates;
	readonly uploaded: UploadedCertificate;
	/** What `uploaded` is called among the choices. Default `"uploaded"`. */
	readonly uploadedName?: string;
	/** Lets in who may change certificates, such as `basicAuth`. There is no default. */
	readonly authenticate: Filter;
	/** Where the page is. Default `"/certificates"`. */
	readonly path?: string;
}

const optionNames: OptionNames<CertificatesOptions> = Object.freeze({
	identities: true,
	uploaded: true,
	uploadedName: true,
	authenticate: true,
	path: true
});

/** Bytes of an uploaded chain, as PEM. */
const maxChain = 16_384;
/** Bytes of a choice, as JSON. */
const maxChoice = 256;
/** Bytes of memory that what is changed holds, beside the request that asks for it: on a device that leaves no more. */
const changeMemory = 4_096;
/** Bytes that XS must have for each of a chain that comes, and of one that is stored: it is in several places then. */
const roomForByte = 2;

/** Bytes that XS must have for what is shown: the page, its script, or the signing request, of which there are four copies while it is made. */
const shownMemory = 4_096;

/** A page of another origin may send here what the browser adds the user's password to. */
const requireSameOrigin = ({ headers, host }: Request): void => {
	const origin = headers.get("origin");
	if (origin === undefined || origin === `https://${host}`) return;
	throw new HttpError(403, "ORIGIN", "Certificates are changed from their own page alone");
};

const noMemory = (): HttpError => {
	return new HttpError(503, "MEMORY", "There is no memory for a certificate now");
};

/** @param hasRoom whether XS has so many bytes beside what clients need. */
async function readChain({ body }: Request, hasRoom: (bytes: number) => boolean): Promise<readonly Uint8Array[]> {
	const reader = new PEMReader(maxChain);
	let length = 0;
	for await (const piece of body) {
		length += piece.byteLength;
		if (!hasRoom(length * roomForByte)) throw noMemory();
		reader.add(piece);
	}
	return reader.certificates;
}

/**
 * Serves a page by which certificates are installed and chosen (row Z18), and what the page asks for:
 * `GET /certificates/state`, `GET /certificates/request`, `POST /certificates/chain` (PEM), `POST /certificates/choice` (JSON `name`).
 * A certificate that was chosen is confirmed by the first of these requests, with the password, of a connection that came after it.
 *
 * ```ts
 * serveCertificates(server, { identities, uploaded, authenticate: basicAuth({ realm: "Certificates", users }) });
 * ```
 * @throws {TypeError} for an option that does not exist, or is missing.
 */
export const serveCertificates = (server: Server, options: CertificatesOptions): Unregister => {
	checkOptionNames("serveCertificates", options, optionNames);
	const { identities, uploaded, uploadedName = "uploaded", authenticate, path = "/certificates" } = options;
	for (const name of ["identities", "uploaded", "authenticate"] as const)
		if (options[name] === undefined) throw new TypeError(`serveCertificates needs ${name}`);
	/** The last connection over TLS, and the last one that was there when a certificate was chosen. */
	let last = 0;
	let lastBefore = 0;
	/** Whether XS has so many bytes beside what others need, of which some are held for this already. */
	const hasRoom = (bytes: number) => server.budget.hasRoomBeside(Math.max(0, bytes - changeMemory));
	/** A response for what is made at once, where there is room for it. */
	const show = (response: Response) => {
		if (!server.budget.hasRoomBeside(shownMemory)) throw noMemory();
		return response;
	};
	/** @param length bytes of the chain: it stays, and what was served is stored beside the choice, while nobody else takes any. */
	const choose = (name: string, length: number, prepare?: () => void) => {
		const { byteLength = 0 } = identities.secure?.cert ?? {};
		if (!hasRoom(length) || !server.budget.hasRoomNow(length + byteLength * roomForByte)) throw noMemory();
		identities.choose(name, prepare);
		lastBefore = last;
	};
	const answer = (response: Response, isChanging = identities.trial !== undefined) => {
		const { choice, choices, trial } = identities;
		// The next request then comes over a new connection, with the new certificate.
		if (isChanging) response.closeConnection();
		response.header("cache-control", "no-store").json({ choice, choices, trial: trial ?? null });
	};
	const change = async (request: Request, response: Response, act: () => Promise<void>) => {
		requireSameOrigin(request);
		const giveBack = await server.hold(changeMemory);
		if (giveBack === undefined) throw noMemory();
		try {
			await act();
		} catch (error) {
			if (error instanceof HttpError) throw error;
			// What is wrong with a certificate is said in one sentence: the errors of modules/identity are made of such.
			response.status(422).send(error instanceof Error ? error.message : String(error));
			return;
		} finally {
			giveBack();
		}
		answer(response, true);
	};
	const undo = [
		server.on("connected", ({ peer }) => {
			if (peer.tls !== undefined && peer.id > last) last = peer.id;
		}),
		server.use(path, (request, response, prefix) => behind(authenticate, request, response, prefix, () => undefined)),
		// Not anybody's request: a stranger takes any certificate, and must not keep the owner from the one of before.
		server.use(path, ({ peer }) => {
			if (identities.trial !== undefined && peer.tls !== undefined && peer.id > lastBefore) identities.confirm();
		}),
		server.get(path, (_, response) =>
			show(response)
				.header("content-security-policy", certificatesPolicy)
				.header("x-content-type-options", "nosniff")
				.header("referrer-policy", "same-origin")
				.html(certificatesPage(path))
		),
		server.get(`${path}/script.js`, (_, response) => show(response).type("text/javascript").send(certificatesScript)),
		server.get(`${path}/state`, (_, response) => answer(response)),
		server.get(`${path}/request`, (_, response) =>
			show(response)
				.type("application/pkcs10")
				.header("content-disposition", 'attachment; filename="device.csr.pem"')
				.send(uploaded.request)
		),
		server.post(
			`${path}/chain`,
			(request, response) =>
				change(request, response, async () => {
					const chain = await readChain(request, hasRoom);
					choose(uploadedName, totalLength(chain), () => uploaded.install(chain));
				}),
			{ maxBody: maxChain }
		),
		server.post(
			`${path}/choice`,
			(request, response) =>
				change(request, response, async () => {
					const name = String(((await request.json(["name"])) as { name?: unknown }).name);
					choose(name, identities.chainLength?.(name) ?? 0);
				}),
			{ maxBody: maxChoice }
		)
	];
	return () => {
		for (const each of undo) each();
	};
};
