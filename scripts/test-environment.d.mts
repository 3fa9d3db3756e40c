export function testEnvironment(root: string, environment?: Record<string, string | undefined>): Record<string, string>;
