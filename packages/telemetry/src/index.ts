export { metrics, trace } from '@opentelemetry/api'
export * from './identity.ts'
export * from './log.ts'
export * from './start.ts'
