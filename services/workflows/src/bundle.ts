import { fileURLToPath } from 'node:url'

/** The code of every workflow type, as the worker and the tests bundle it. */
export const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url))

/**
 * What every workflow reads and none changes is loaded once for all and not once for each: it is most of what a
 * workflow weighs.
 */
export const preloadModules = ['@linghang/rulebook']
