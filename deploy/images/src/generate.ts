import { execFileSync } from 'node:child_process'
import { generateClient } from '@linghang/devstack'
import { serviceDir, services } from '@linghang/migrations'

/** Makes what programs load and nobody commits: Prisma's clients, and the workflows' code in one file. */
for (const service of services) await generateClient(serviceDir(service))
execFileSync(process.execPath, ['services/workflows/src/make-bundle.ts'], { stdio: 'inherit' })
