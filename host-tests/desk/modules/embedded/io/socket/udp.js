// The SDK's clients name it where they say how host names are looked up. The desk leaves that to the system.

export default class UDP {
	constructor() {
		throw new Error("The desk has no UDP");
	}
}
