using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace VaeCodec.Packages.Tests.PublicApi;

/// <summary>An assembly's public API as text: a line for each type and member that programs outside can use, in the order of their characters.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly NullabilityInfoContext s_nullability = new();

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Describe(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Describe(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        List<string> parents = [];
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
        {
            parents.Add(Name(parent));
        }

        if (!type.IsEnum)
        {
            parents.AddRange(type.GetInterfaces().Where(parent => parent.IsVisible).Select(Name).Order(StringComparer.Ordinal));
        }

        return $"{kind} {type.Namespace}.{Name(type)}{(parents.Count > 0 ? " : " + string.Join(", ", parents) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"));
        }

        IEnumerable<string> fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
            .Select(field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}");
        IEnumerable<string> constructors = type.GetConstructors(Declared).Where(IsSeen).Where(method => !method.IsStatic).Select(method => $"{Bare(type)}({Parameters(method)})");
        IEnumerable<string> properties = type.GetProperties(Declared).Select(Property).OfType<string>();
        IEnumerable<string> events = type.GetEvents(Declared).Where(member => member.AddMethod is { } add && IsSeen(add)).Select(member => $"event {Name(member.EventHandlerType!)} {member.Name}");
        IEnumerable<string> methods = type.GetMethods(Declared).Where(IsSeen)
            .Where(method => (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !method.Name.Contains('<', StringComparison.Ordinal))
            .Select(method => $"{Static(method)}{Name(method.ReturnType)}{Nullable(s_nullability.Create(method.ReturnParameter))} {method.Name}{Generic(method)}({Parameters(method)})");
        return [.. fields, .. constructors, .. properties, .. events, .. methods];
    }

    private static string? Property(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(IsSeen)];
        if (accessors.Length == 0)
        {
            return null;
        }

        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
        string set = property.SetMethod is { } setter && IsSeen(setter) ? isInit ? " init;" : " set;" : "";
        string get = property.GetMethod is { } getter && IsSeen(getter) ? " get;" : "";
        string required = property.GetCustomAttribute<RequiredMemberAttribute>() is null ? "" : "required ";
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(parameter => Name(parameter.ParameterType)))}]" : "";
        return $"{required}{Static(accessors[0])}{Name(property.PropertyType)}{Nullable(s_nullability.Create(property))} {property.Name}{index} {{{get}{set} }}";
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Static(MethodBase method) => method.IsStatic ? "static " : method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract " : "";

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        Type type = parameter.ParameterType;
        string by = !type.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string value = parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue?.ToString() ?? "default"}" : "";
        string many = parameter.GetCustomAttribute<ParamArrayAttribute>() is null && parameter.GetCustomAttribute<ParamCollectionAttribute>() is null ? "" : "params ";
        return $"{many}{by}{Name(type.IsByRef ? type.GetElementType()! : type)}{Nullable(s_nullability.Create(parameter))} {parameter.Name}{value}";
    }));

    private static string Nullable(NullabilityInfo info) => info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType && !info.Type.IsGenericParameter ? "?" : "";

    private static string Bare(Type type) => type.Name.Split('`')[0];

    private static string Name(Type type)
    {
        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (System.Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner) + "?";
        }

        string outer = type is { IsNested: true, IsGenericParameter: false } ? Bare(type.DeclaringType!) + "." : "";
        return outer + (type.IsGenericType ? $"{Bare(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name);
    }
}
