import Provider, { type AdapterFactory, type Configuration, interactionPolicy } from 'oidc-provider'
import type { Directory } from './accounts.ts'
import type { IdentityKeys } from './keys.ts'
import { apiAudience, consoleClientId, consoleRedirectUri, personScope } from './names.ts'

const hourSeconds = 3600
const daySeconds = 86_400

const ttl: Configuration['ttl'] = {
  AccessToken: hourSeconds,
  AuthorizationCode: 60,
  ClientCredentials: hourSeconds,
  Grant: 14 * daySeconds,
  IdToken: hourSeconds,
  Interaction: 900,
  RefreshToken: 14 * daySeconds,
  Session: 8 * hourSeconds,
}

/** Metadata of the apps and of the console, in the provider's words. */
export const clientMetadata = async (directory: Directory, id: string) => {
  if (id === consoleClientId) {
    return {
      client_id: id,
      client_name: '领航 Linghang',
      application_type: 'native' as const,
      token_endpoint_auth_method: 'none' as const,
      redirect_uris: [consoleRedirectUri, 'http://localhost/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code' as const],
    }
  }
  const app = await directory.findClient(id)
  return app
    ? {
        client_id: id,
        client_secret: app.secret,
        token_endpoint_auth_method: 'client_secret_basic' as const,
        redirect_uris: [],
        grant_types: ['client_credentials'],
        response_types: [],
      }
    : undefined
}

/** People sign in with a password; the platform's own console needs no further consent. */
const policy = () => {
  const prompts = interactionPolicy.base()
  prompts.remove('consent')
  return prompts
}

const resourceIndicators = (directory: Directory) => ({
  enabled: true,
  defaultResource: () => apiAudience,
  useGrantedResource: () => true,
  getResourceServerInfo: async (_ctx: unknown, resource: string, client: { clientId: string }) => {
    const app = await directory.findClient(client.clientId)
    return {
      audience: resource === apiAudience ? apiAudience : 'urn:linghang:nothing',
      scope: app ? app.scopes.join(' ') : personScope,
      accessTokenFormat: 'jwt' as const,
      accessTokenTTL: hourSeconds,
      jwt: { sign: { alg: 'ES256' as const } },
    }
  },
})

/**
 * The OpenID provider: authorisation code with PKCE for people, client credentials for apps, JWT access tokens.
 *
 * @param issuer URL under which it is reached
 */
export const createProvider = (
  issuer: string,
  keys: IdentityKeys,
  storage: AdapterFactory,
  directory: Directory,
): Provider => {
  const provider = new Provider(issuer, {
    adapter: storage,
    jwks: keys.jwks as NonNullable<Configuration['jwks']>,
    cookies: { keys: keys.cookieKeys },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    ttl,
    scopes: ['openid', 'profile', 'offline_access'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    pkce: { required: () => true },
    interactions: { policy: policy(), url: (_ctx, interaction) => `/login/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: resourceIndicators(directory),
    },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async () => false,
    findAccount: async (_ctx, sub) => {
      const account = await directory.findBySubject(sub)
      if (!account) return undefined
      const claims = { sub, preferred_username: account.username, name: account.name }
      return { accountId: sub, claims: async () => claims }
    },
    loadExistingGrant: async ctx => {
      const { client, session } = ctx.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile offline_access')
      grant.addResourceScope(apiAudience, personScope)
      await grant.save()
      return grant
    },
  })
  return provider
}
