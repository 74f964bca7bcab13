export function vector(size: number, content: Buffer): Buffer;
export function extension(type: number, content: Buffer): Buffer;
export function helloWith(ciphers: Buffer, ...extensions: Buffer[]): Buffer;
