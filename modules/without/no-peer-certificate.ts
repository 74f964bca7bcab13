// In the place of tls/peer-certificate.

/** What `details.peerCertificate` makes when a peer has shown a certificate. */
export default class NoPeerCertificate {
	constructor() {
		throw new TypeError(
			"This firmware reads no certificates of peers: its manifest includes modules/without/peer-certificates.json"
		);
	}
}
