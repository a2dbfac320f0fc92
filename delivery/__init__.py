"""A report on its way to those who read it: settings, e-mail by SMTP, webhooks. It knows nothing of what it carries."""
