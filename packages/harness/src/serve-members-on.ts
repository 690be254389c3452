import { readServerEnvironment } from '../../../services/members/src/env.ts'
import { start } from '../../../services/members/src/service.ts'

const noon = new Date(`${process.argv[2]}T12:00:00+08:00`)
await start(readServerEnvironment(), { now: () => noon })
