export * from './activity-worker.ts'
export * from './environment.ts'
export * from './payload-codec.ts'
export * from './security.ts'
