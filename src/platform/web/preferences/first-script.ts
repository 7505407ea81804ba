import { preferenceCookies } from './preferences.ts';

/** Runs before the first paint of an interactive page: settles the colours, keeps the nonce, remembers the time zone. */
export const firstScript = `(function(){
var c=document.cookie,e=document.documentElement,m=c.match(/(?:^|; )${preferenceCookies.scheme}=(light|dark)/);
window.__webpack_nonce__=document.currentScript.nonce;
e.setAttribute('data-mantine-color-scheme',m?m[1]:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light');
try{var z=encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
if(z&&c.indexOf('${preferenceCookies.zone}='+z)<0)document.cookie='${preferenceCookies.zone}='+z+'; Path=/; Max-Age=31536000; SameSite=Lax'}catch(_){}
})()`;
