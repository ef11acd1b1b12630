import '@fontsource-variable/source-sans-3/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { dataset } from './explore/dataset.svelte';
import { filters, route } from './lib/route.svelte';

// Asked for before there is a page to show it on: the answers arrive while that is built.
if (route.page === 'explore') dataset.load(filters());

mount(App, { target: document.getElementById('app')! });
