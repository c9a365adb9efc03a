// An OpenID Connect issuer on the loopback interface, for tests of sign-in: oidc-provider as it comes, where whoever asks is whom the
// parameter "login_hint" names. Each line of JSON that it reads sets it up anew: returns and ends (the clients' addresses), profile (the
// address stands in the profile only, as the standard has it, and not in the ID token), algorithm, and rotate (with a new key). It answers
// each with a line, its own address, and ends with its input.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

for (const method of ['log', 'info', 'warn']) {
	console[method] = () => {}; // it warns of what is right in a test only
}
const { default: Provider } = await import(new URL('../../.tools/oidc-provider/node_modules/oidc-provider/lib/index.js', import.meta.url));

const kept = {};

function keyFor({ algorithm, rotate }) {
	if (rotate || !kept[algorithm]) {
		kept[algorithm] = newKey(algorithm);
	}
	return kept[algorithm];
}

function newKey(algorithm) {
	const pair = algorithm === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
		: generateKeyPairSync('rsa', { modulusLength: 2048 });
	return { ...pair.privateKey.export({ format: 'jwk' }), use: 'sig', alg: algorithm };
}

function client(id, setup) {
	return {
		client_id: id, client_secret: `${id}-secret-of-the-test`, redirect_uris: setup.returns, post_logout_redirect_uris: setup.ends,
		grant_types: ['authorization_code'], response_types: ['code'], id_token_signed_response_alg: setup.algorithm,
	};
}

function newProvider(issuer, setup) {
	return new Provider(issuer, {
		clients: [client('guildhall', setup), client('other', setup)],
		jwks: { keys: [keyFor(setup)] },
		enabledJWA: { idTokenSigningAlgValues: [setup.algorithm] },
		cookies: { keys: ['key of the test'] },
		claims: { openid: ['sub'], email: ['email', 'email_verified'] },
		conformIdTokenClaims: setup.profile,
		pkce: { required: () => true },
		features: { devInteractions: { enabled: false } },
		interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
		findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unverified') }) }),
		// The clients are the product's own: nobody is asked whether they may know what they ask for.
		loadExistingGrant: async (ctx) => {
			const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
			grant.addOIDCScope('openid email');
			await grant.save();
			return grant;
		},
	});
}

let provider;
const server = createServer(async (request, response) => {
	if (!request.url.startsWith('/interaction/')) {
		provider.callback()(request, response);
		return;
	}
	try {
		const { params } = await provider.interactionDetails(request, response);
		await provider.interactionFinished(request, response, { login: { accountId: params.login_hint } });
	} catch (error) {
		response.writeHead(400).end(String(error));
	}
});

server.listen(0, '127.0.0.1', async () => {
	const issuer = `http://127.0.0.1:${server.address().port}`;
	for await (const line of createInterface({ input: process.stdin })) {
		provider = newProvider(issuer, JSON.parse(line));
		process.stdout.write(`${issuer}\n`);
	}
	process.exit();
});
