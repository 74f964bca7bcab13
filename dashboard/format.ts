const units = ["B", "kB", "MB", "GB"];

export function bytes(value: number): string {
	let unit = 0;
	let left = value;
	for (; left >= 1000 && unit < units.length - 1; unit++) left /= 1000;
	return `${unit === 0 || left >= 100 ? Math.round(left) : left.toFixed(1)} ${units[unit]}`;
}

export const plain = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1));

export const perSecond = (value: number): string => `${value >= 100 ? Math.round(value) : value.toFixed(1)}/s`;

export const milliseconds = (value: number): string => `${value >= 10 ? Math.round(value) : value.toFixed(1)} ms`;

export const count = (value: number): string => value.toLocaleString("en");

export function duration(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
	const clock = parts.map(part => String(part).padStart(2, "0")).join(":");
	const days = Math.floor(seconds / 86_400);
	return days === 0 ? clock : `${days} d ${clock}`;
}

export const clock = (ms: number): string => new Date(ms).toLocaleTimeString("en-GB");
