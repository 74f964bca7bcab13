// The desk's TCP has the system look names up, so a name is its own address.

export default class Resolver {
	resolve({ host, onResolved }) {
		Promise.resolve().then(() => onResolved(host, host === "localhost" ? "127.0.0.1" : host));
	}
	close() {}
}
