import { createClient } from './client.ts'
import { overdueBranches, overdueDates } from './overdue-branches.ts'

const { LINGHANG_ENDPOINT: endpoint = 'http://127.0.0.1:4000/graphql', LINGHANG_TOKEN: token } = process.env
if (!token) {
  console.error('LINGHANG_TOKEN is missing: $(npm run -s token -- --as admin@330302)')
  process.exit(1)
}

const client = createClient({ endpoint, token: async () => token })
for (const branch of await overdueBranches(client)) {
  console.log(`${branch.code} ${branch.name}: ${branch.overdue}`)
  for await (const { rule, dueOn, subject } of overdueDates(client, branch.id))
    console.log(`  ${dueOn} ${rule}${subject?.__typename === 'Member' ? ` ${subject.name}` : ''}`)
}
