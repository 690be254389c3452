import { readServerEnvironment } from './env.ts'
import { start } from './service.ts'

await start(readServerEnvironment())
