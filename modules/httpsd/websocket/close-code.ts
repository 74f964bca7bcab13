/** Status codes of a WebSocket's end (RFC 6455 §7.4.1, and the IANA registry). */
export const closeCode = {
	normal: 1000,
	goingAway: 1001,
	protocolError: 1002,
	unsupportedData: 1003,
	/** Never sent: the peer gave no code. */
	none: 1005,
	/** Never sent: the connection ended without a Close frame. */
	abnormal: 1006,
	invalidData: 1007,
	policyViolation: 1008,
	messageTooBig: 1009,
	internalError: 1011,
	serviceRestart: 1012,
	tryAgainLater: 1013,
	badGateway: 1014
} as const;
Object.freeze(closeCode);

/** Whether a Close frame may carry the code: 1000 to 1003, 1007 to 1014, and 3000 to 4999. */
export const isCloseCode = (code: number): boolean => {
	if (!Number.isInteger(code)) return false;
	return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
};

/** What a peer did wrong on a WebSocket, with the status code that the connection is closed with. */
export default class WebSocketError extends Error {
	readonly code: number;

	constructor(code: number, message: string) {
		super(message);
		this.code = code;
	}

	override get name(): string {
		return "WebSocketError";
	}
}
