import { addAccounts, addClient, obtainPersonToken } from '@linghang/devstack'
import { loadDemo } from '../../../deploy/local/src/demo.ts'
import { readDemoAccounts } from '../../../deploy/local/src/demo-accounts.ts'
import { identityFiles, type Platform } from '../../../deploy/local/src/platform.ts'
import { type Caller, createCaller } from '../../system/api.ts'
import { surroundings } from '../../system/surroundings.ts'

/** Loads the demo district through the gateway's Service, by the steps of `npm start`. */
export const loadDemoDistrict = async (say: (line: string) => void): Promise<void> => {
  const { stateDir, gatewayUrl, issuer, postgresUrl } = surroundings()
  const { accountsFile, clientsFile } = identityFiles(stateDir)
  const here = {
    stateDir,
    gatewayUrl,
    addresses: { issuer },
    databaseUrl: (service: string) => `${postgresUrl}/${service}`,
    addAccounts: (accounts: Parameters<Platform['addAccounts']>[0]) => addAccounts(accountsFile, accounts),
    addClient: (client: Parameters<Platform['addClient']>[0]) => addClient(clientsFile, client),
  }
  await loadDemo(here as unknown as Platform, ({ detail }) => say(detail))
}

/** Somebody of the demo, signed in. */
export const demoCaller = async (role: string, organisationCode: string): Promise<Caller> => {
  const { stateDir, issuer } = surroundings()
  const accounts = await readDemoAccounts(stateDir)
  const found = accounts.find(one => one.role === role && one.organisationCode === organisationCode)
  if (!found) throw new Error(`nobody of the demo is ${role} of ${organisationCode}`)
  const { username, password } = found
  return createCaller((await obtainPersonToken({ issuer, username, password })).accessToken)
}
