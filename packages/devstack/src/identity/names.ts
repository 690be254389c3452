/** The audience of every access token: the platform's API. */
export const apiAudience = 'urn:linghang:api'
/** The public client through which people sign in. */
export const consoleClientId = 'linghang-console'
/** The scope of a person's access token; what they may do follows from their offices, not from the token. */
export const personScope = 'api'
/** Loopback redirect of the console; any port of the same address is accepted (RFC 8252). */
export const consoleRedirectUri = 'http://127.0.0.1/callback'
