// Stands for the desk host's module of this name, as far as the simulator can.

export function gc(): void {}

export function memory(): Record<string, never> {
	return {};
}
