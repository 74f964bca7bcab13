export declare const moduleNames: string[];
export declare function compiledFolders(limits?: string): Record<string, string>;
export declare function moduleOptions(limits?: string): string[];
export declare function placesOf(limits: string): number;
export declare const sourceFiles: Record<string, string>;
