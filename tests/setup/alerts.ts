import { standPlatform } from './system.ts'

/** The platform on which faults are made and alerts fire. */
export default (): Promise<void> => standPlatform({})
