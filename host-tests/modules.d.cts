export const moduleNames: string[];
export function compiledFolders(limits?: string): Record<string, string>;
export function moduleOptions(limits?: string): string[];
export const sourceFiles: Record<string, string>;
